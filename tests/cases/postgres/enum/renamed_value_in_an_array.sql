CREATE TYPE mood AS ENUM ('merry', 'grim', 'odd one');
CREATE TABLE tales (
    moods mood[] DEFAULT '{merry,grim}',
    grid mood[] DEFAULT '{{merry,NULL},{"odd one",grim}}',
    CHECK (moods <> '{}' AND moods[1] = ANY ('{grim,merry}'::mood[]))
);
-- file: 0002_rename.sql
ALTER TYPE mood RENAME VALUE 'merry' TO 'light, bright';
ALTER TYPE mood RENAME VALUE 'odd one' TO 'odd';
