"""The kernel: everything that knows no business."""
