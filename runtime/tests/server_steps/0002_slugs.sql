-- Which letters a title is written with in an address is nothing that SQL knows.
-- tablature: step steps::fill_slugs

ALTER TABLE stories.tales ADD COLUMN slug text;
