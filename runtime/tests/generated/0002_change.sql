ALTER TABLE stories RENAME COLUMN title TO name;
ALTER TABLE stories ADD COLUMN "größe" INT;
