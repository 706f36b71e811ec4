-- engine accepts: it does not read the comment
CREATE TABLE stories (id bigint PRIMARY KEY);
DO
-- tablature: effect none
$$
BEGIN
    NULL;
END
$$;
