"""What each noun shows on the screens of a hearing: its sections of the state, one module a noun."""
