CREATE TABLE currencies (code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 3 AND code = upper(code)), digits INTEGER NOT NULL DEFAULT 2) STRICT;
INSERT INTO currencies VALUES ('EUR', 2), ('JPY', 0), ('BHD', 3);
CREATE TABLE ledgers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, currency TEXT NOT NULL DEFAULT 'EUR' REFERENCES currencies) STRICT;
CREATE TABLE entries (
    ledger INTEGER NOT NULL REFERENCES ledgers ON DELETE RESTRICT,
    number INTEGER NOT NULL,
    debit INTEGER NOT NULL DEFAULT 0 CHECK (debit >= 0),
    credit INTEGER NOT NULL DEFAULT 0 CHECK (credit >= 0),
    amount INTEGER AS (debit - credit) STORED,
    booked TEXT NOT NULL DEFAULT (date()),
    PRIMARY KEY (ledger, number),
    CHECK (debit = 0 OR credit = 0)
) STRICT, WITHOUT ROWID;
CREATE VIEW balances AS
SELECT l.id, l.name, total(e.amount) / (1 << c.digits) AS balance,
       sum(e.amount) OVER (PARTITION BY l.id ORDER BY e.number) AS running
FROM ledgers l JOIN currencies c ON c.code = l.currency LEFT JOIN entries e ON e.ledger = l.id
GROUP BY l.id, e.number;
CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries BEGIN SELECT RAISE(ROLLBACK, 'entries are final'); END;
CREATE TRIGGER balances_insert INSTEAD OF INSERT ON balances BEGIN
    INSERT INTO ledgers (name) VALUES (new.name);
END;
