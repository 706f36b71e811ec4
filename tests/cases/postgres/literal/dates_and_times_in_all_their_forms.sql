CREATE TABLE events (
    a timestamp DEFAULT '20200105T101112',
    b timestamp DEFAULT 'January 8, 1999 04:05 PM',
    c timestamptz DEFAULT 'Mon Jan 6 10:00:00 2020 PST',
    d timestamptz DEFAULT '2020-01-05 10:00:00.9999999-01:30',
    e date DEFAULT '1/8/1999',
    f date DEFAULT 'J2451187',
    g date DEFAULT '2020.005',
    h date DEFAULT 'March 15, 44 BC',
    i time DEFAULT '040506',
    j time DEFAULT 'T10:00 PM',
    k timetz DEFAULT '04:05:06 EST',
    l timestamp DEFAULT 'epoch',
    m timestamptz DEFAULT '-infinity',
    n timestamp DEFAULT '2020-01-05 allballs',
    o timestamptz[] DEFAULT '{2020-01-05 10:00 CEST, 2020-01-05T10:00Z}',
    p timestamp(0) DEFAULT '2020-01-05 10:00 America/New_York'
);
