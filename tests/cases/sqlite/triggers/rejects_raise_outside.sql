SELECT raise(ABORT, 'no');
