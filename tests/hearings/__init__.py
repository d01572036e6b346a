"""Hearings, through their front doors."""
