CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1';
