CREATE TABLE events (
    a interval DEFAULT '1-2 3 -4:05:06.789',
    b interval DEFAULT 'P1Y2M3DT4H5M6.5S',
    c interval DEFAULT 'P0001-02-03T04:05:06',
    d interval DEFAULT '@ 1 year 2 mons 1.5 weeks ago',
    e interval DEFAULT '1h30m',
    f interval DEFAULT '1.75 months',
    g interval DAY TO MINUTE DEFAULT '3 4:05:06',
    h interval MINUTE TO SECOND DEFAULT '4:05',
    i interval YEAR DEFAULT '3',
    j interval(2) DEFAULT '1.23456 seconds'
);
