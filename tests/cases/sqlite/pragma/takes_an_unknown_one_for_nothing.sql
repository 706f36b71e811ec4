PRAGMA no_such_pragma = 1;
