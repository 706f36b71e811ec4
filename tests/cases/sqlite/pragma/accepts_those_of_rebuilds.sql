PRAGMA foreign_keys = OFF;
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = ON;
