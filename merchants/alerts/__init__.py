"""What looks wrong at the tills: alerts with their evidence, until somebody closes them."""
