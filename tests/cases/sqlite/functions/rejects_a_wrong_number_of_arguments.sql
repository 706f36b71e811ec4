SELECT lower('a', 'b');
