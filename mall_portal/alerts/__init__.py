"""What looks wrong at any shop's tills, for the mall's administrators."""
