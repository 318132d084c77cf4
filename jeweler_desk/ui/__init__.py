"""The window: pages, tables, widgets and dialogs; Qt lives here and in app, nowhere else."""
