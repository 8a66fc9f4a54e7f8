"""Pictures for the pages: icons, drawings, photos that never touch the disk, and QR codes."""
