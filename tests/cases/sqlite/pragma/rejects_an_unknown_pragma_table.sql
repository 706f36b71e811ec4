SELECT * FROM pragma_no_such_thing;
