CREATE VIEW tales.long_stories AS SELECT id, slug, words FROM tales.stories WHERE words > 100;
ALTER TABLE tales.stories ADD COLUMN teller text;
