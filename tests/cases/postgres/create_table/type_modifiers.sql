CREATE TABLE all_of_them (
    a varchar(20), b char(3), c numeric(10, 2), d timestamp(3), e time(0) with time zone, f interval day to second(3), g bit(8), h bit varying(9),
    i float(24), j float(25), k character varying, l char, m decimal, n dec(5), o interval year to month, p numeric(5), q timestamptz(0), r double precision[][3], s text ARRAY[4], t "char"
);
