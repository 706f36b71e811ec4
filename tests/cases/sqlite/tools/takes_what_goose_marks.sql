-- +goose Up
-- +goose StatementBegin
CREATE TABLE IF NOT EXISTS feed (
    id         integer primary key autoincrement,
    url        text not null unique,
    etag       text,
    fetched_at datetime
);
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER feed_fetched AFTER UPDATE OF etag ON feed BEGIN
    UPDATE feed SET fetched_at = datetime('now') WHERE id = NEW.id;
END;
-- +goose StatementEnd

CREATE VIEW stale AS
SELECT id, url, julianday('now') - julianday(fetched_at) AS age
FROM feed
WHERE age > 1;
