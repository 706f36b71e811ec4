-- file: 0001_calendar.sql
CREATE TABLE calendars(id INTEGER PRIMARY KEY ASC, uri TEXT UNIQUE ON CONFLICT REPLACE NOT NULL, tz TEXT COLLATE RTRIM DEFAULT 'UTC', components TEXT DEFAULT('VEVENT,VTODO'));
CREATE TABLE objects(calendar INTEGER NOT NULL REFERENCES calendars(id)ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,uri TEXT NOT NULL,first INT,last INT,data BLOB NOT NULL,UNIQUE(calendar,uri));
CREATE INDEX objects_range ON objects(calendar,first,last DESC);
CREATE TABLE changes(calendar INT,token INTEGER PRIMARY KEY AUTOINCREMENT,uri TEXT,op INT CHECK(op IN(1,2,3)));
CREATE TRIGGER objects_i AFTER INSERT ON objects BEGIN INSERT INTO changes(calendar,uri,op)VALUES(new.calendar,new.uri,1);END;
CREATE TRIGGER objects_u AFTER UPDATE OF data,uri ON objects BEGIN INSERT INTO changes(calendar,uri,op)SELECT new.calendar,new.uri,2 UNION ALL SELECT old.calendar,old.uri,3 WHERE old.uri<>new.uri;END;
CREATE TRIGGER objects_d AFTER DELETE ON objects BEGIN INSERT INTO changes(calendar,uri,op)VALUES(old.calendar,old.uri,3);END;
-- file: 0002_moved.sql
CREATE TEMP TABLE moved AS SELECT calendar, uri, min(first) AS first FROM objects GROUP BY 1, 2 HAVING count(*) > 1;
DELETE FROM objects WHERE (calendar, uri) IN (SELECT calendar, uri FROM moved);
DROP TABLE moved;
ALTER TABLE objects ADD etag TEXT;
UPDATE objects SET (etag, last) = (SELECT lower(hex(data)), coalesce(objects.last, 0));
SAVEPOINT again;
ALTER TABLE objects RENAME data TO ics;
RELEASE again;
