CREATE TABLE action (key TEXT, temp INTEGER, replace, "order", [group], `select`, rowid, plan, window);
