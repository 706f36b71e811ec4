CREATE TABLE names (name text);
CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I ()', name);
END
$$;
-- tablature: effect none
SELECT make(name) FROM names;
-- tablature: effect CREATE TABLE stories ()
SELECT make(CASE current_setting('application_name') WHEN 'nobody' THEN 'tales' ELSE 'stories' END);
ALTER TABLE stories ADD COLUMN id int;
