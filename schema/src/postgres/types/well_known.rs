//! The engine’s own numbers of types and schemas that its rules name. They are the same in every version.

use super::Oid;

/// `boolean`
pub const BOOL: Oid = Oid(16);
/// `bytea`
pub const BYTEA: Oid = Oid(17);
/// `char`
pub const INTERNAL_CHAR: Oid = Oid(18);
/// `name`
pub const NAME: Oid = Oid(19);
/// `bigint`
pub const INT8: Oid = Oid(20);
/// `smallint`
pub const INT2: Oid = Oid(21);
/// `int2vector`
pub const INT2VECTOR: Oid = Oid(22);
/// `integer`
pub const INT4: Oid = Oid(23);
/// `regproc`
pub const REGPROC: Oid = Oid(24);
/// `text`
pub const TEXT: Oid = Oid(25);
/// `oid`
pub const OID: Oid = Oid(26);
/// `tid`
pub const TID: Oid = Oid(27);
/// `xid`
pub const XID: Oid = Oid(28);
/// `cid`
pub const CID: Oid = Oid(29);
/// `oidvector`
pub const OIDVECTOR: Oid = Oid(30);
/// `pg_ddl_command`
pub const PG_DDL_COMMAND: Oid = Oid(32);
/// `json`
pub const JSON: Oid = Oid(114);
/// `xml`
pub const XML: Oid = Oid(142);
/// `table_am_handler`
pub const TABLE_AM_HANDLER: Oid = Oid(269);
/// `index_am_handler`
pub const INDEX_AM_HANDLER: Oid = Oid(325);
/// `point`
pub const POINT: Oid = Oid(600);
/// `lseg`
pub const LSEG: Oid = Oid(601);
/// `path`
pub const PATH: Oid = Oid(602);
/// `box`
pub const BOX: Oid = Oid(603);
/// `polygon`
pub const POLYGON: Oid = Oid(604);
/// `line`
pub const LINE: Oid = Oid(628);
/// `cidr`
pub const CIDR: Oid = Oid(650);
/// `real`
pub const FLOAT4: Oid = Oid(700);
/// `double precision`
pub const FLOAT8: Oid = Oid(701);
/// `unknown`
pub const UNKNOWN: Oid = Oid(705);
/// `circle`
pub const CIRCLE: Oid = Oid(718);
/// `macaddr8`
pub const MACADDR8: Oid = Oid(774);
/// `money`
pub const MONEY: Oid = Oid(790);
/// `macaddr`
pub const MACADDR: Oid = Oid(829);
/// `inet`
pub const INET: Oid = Oid(869);
/// `char[]`
pub const CHAR_ARRAY: Oid = Oid(1002);
/// `name[]`
pub const NAME_ARRAY: Oid = Oid(1003);
/// `smallint[]`
pub const INT2_ARRAY: Oid = Oid(1005);
/// `integer[]`
pub const INT4_ARRAY: Oid = Oid(1007);
/// `text[]`
pub const TEXT_ARRAY: Oid = Oid(1009);
/// `character[]`
pub const BPCHAR_ARRAY: Oid = Oid(1014);
/// `character varying[]`
pub const VARCHAR_ARRAY: Oid = Oid(1015);
/// `bigint[]`
pub const INT8_ARRAY: Oid = Oid(1016);
/// `oid[]`
pub const OID_ARRAY: Oid = Oid(1028);
/// `aclitem`
pub const ACLITEM: Oid = Oid(1033);
/// `character`
pub const BPCHAR: Oid = Oid(1042);
/// `character varying`
pub const VARCHAR: Oid = Oid(1043);
/// `date`
pub const DATE: Oid = Oid(1082);
/// `time without time zone`
pub const TIME: Oid = Oid(1083);
/// `timestamp without time zone`
pub const TIMESTAMP: Oid = Oid(1114);
/// `timestamp with time zone`
pub const TIMESTAMPTZ: Oid = Oid(1184);
/// `interval`
pub const INTERVAL: Oid = Oid(1186);
/// `cstring[]`
pub const CSTRING_ARRAY: Oid = Oid(1263);
/// `time with time zone`
pub const TIMETZ: Oid = Oid(1266);
/// `bit`
pub const BIT: Oid = Oid(1560);
/// `bit varying`
pub const VARBIT: Oid = Oid(1562);
/// `numeric`
pub const NUMERIC: Oid = Oid(1700);
/// `refcursor`
pub const REFCURSOR: Oid = Oid(1790);
/// `regprocedure`
pub const REGPROCEDURE: Oid = Oid(2202);
/// `regoper`
pub const REGOPER: Oid = Oid(2203);
/// `regoperator`
pub const REGOPERATOR: Oid = Oid(2204);
/// `regclass`
pub const REGCLASS: Oid = Oid(2205);
/// `regtype`
pub const REGTYPE: Oid = Oid(2206);
/// `record`
pub const RECORD: Oid = Oid(2249);
/// `cstring`
pub const CSTRING: Oid = Oid(2275);
/// `any`
pub const ANY: Oid = Oid(2276);
/// `anyarray`
pub const ANYARRAY: Oid = Oid(2277);
/// `void`
pub const VOID: Oid = Oid(2278);
/// `trigger`
pub const TRIGGER: Oid = Oid(2279);
/// `language_handler`
pub const LANGUAGE_HANDLER: Oid = Oid(2280);
/// `internal`
pub const INTERNAL: Oid = Oid(2281);
/// `anyelement`
pub const ANYELEMENT: Oid = Oid(2283);
/// `record[]`
pub const RECORD_ARRAY: Oid = Oid(2287);
/// `anynonarray`
pub const ANYNONARRAY: Oid = Oid(2776);
/// `uuid`
pub const UUID: Oid = Oid(2950);
/// `txid_snapshot`
pub const TXID_SNAPSHOT: Oid = Oid(2970);
/// `fdw_handler`
pub const FDW_HANDLER: Oid = Oid(3115);
/// `pg_lsn`
pub const PG_LSN: Oid = Oid(3220);
/// `tsm_handler`
pub const TSM_HANDLER: Oid = Oid(3310);
/// `pg_dependencies`
pub const PG_DEPENDENCIES: Oid = Oid(3402);
/// `anyenum`
pub const ANYENUM: Oid = Oid(3500);
/// `tsvector`
pub const TSVECTOR: Oid = Oid(3614);
/// `tsquery`
pub const TSQUERY: Oid = Oid(3615);
/// `gtsvector`
pub const GTSVECTOR: Oid = Oid(3642);
/// `regconfig`
pub const REGCONFIG: Oid = Oid(3734);
/// `regdictionary`
pub const REGDICTIONARY: Oid = Oid(3769);
/// `jsonb`
pub const JSONB: Oid = Oid(3802);
/// `anyrange`
pub const ANYRANGE: Oid = Oid(3831);
/// `event_trigger`
pub const EVENT_TRIGGER: Oid = Oid(3838);
/// `int4range`
pub const INT4RANGE: Oid = Oid(3904);
/// `numrange`
pub const NUMRANGE: Oid = Oid(3906);
/// `tsrange`
pub const TSRANGE: Oid = Oid(3908);
/// `tstzrange`
pub const TSTZRANGE: Oid = Oid(3910);
/// `daterange`
pub const DATERANGE: Oid = Oid(3912);
/// `int8range`
pub const INT8RANGE: Oid = Oid(3926);
/// `jsonpath`
pub const JSONPATH: Oid = Oid(4072);
/// `regnamespace`
pub const REGNAMESPACE: Oid = Oid(4089);
/// `regrole`
pub const REGROLE: Oid = Oid(4096);
/// `regcollation`
pub const REGCOLLATION: Oid = Oid(4191);
/// `int4multirange`
pub const INT4MULTIRANGE: Oid = Oid(4451);
/// `nummultirange`
pub const NUMMULTIRANGE: Oid = Oid(4532);
/// `tsmultirange`
pub const TSMULTIRANGE: Oid = Oid(4533);
/// `tstzmultirange`
pub const TSTZMULTIRANGE: Oid = Oid(4534);
/// `datemultirange`
pub const DATEMULTIRANGE: Oid = Oid(4535);
/// `int8multirange`
pub const INT8MULTIRANGE: Oid = Oid(4536);
/// `anymultirange`
pub const ANYMULTIRANGE: Oid = Oid(4537);
/// `anycompatiblemultirange`
pub const ANYCOMPATIBLEMULTIRANGE: Oid = Oid(4538);
/// `pg_brin_bloom_summary`
pub const PG_BRIN_BLOOM_SUMMARY: Oid = Oid(4600);
/// `pg_brin_minmax_multi_summary`
pub const PG_BRIN_MINMAX_MULTI_SUMMARY: Oid = Oid(4601);
/// `pg_mcv_list`
pub const PG_MCV_LIST: Oid = Oid(5017);
/// `pg_snapshot`
pub const PG_SNAPSHOT: Oid = Oid(5038);
/// `xid8`
pub const XID8: Oid = Oid(5069);
/// `anycompatible`
pub const ANYCOMPATIBLE: Oid = Oid(5077);
/// `anycompatiblearray`
pub const ANYCOMPATIBLEARRAY: Oid = Oid(5078);
/// `anycompatiblenonarray`
pub const ANYCOMPATIBLENONARRAY: Oid = Oid(5079);
/// `anycompatiblerange`
pub const ANYCOMPATIBLERANGE: Oid = Oid(5080);
/// The schema `pg_catalog`
pub const PG_CATALOG: Oid = Oid(11);
/// The schema `pg_toast`
pub const PG_TOAST: Oid = Oid(99);
/// The schema `public`
pub const PUBLIC: Oid = Oid(2200);
/// The collation `"default"`
pub const DEFAULT_COLLATION: Oid = Oid(100);
/// The collation `"C"`
pub const C_COLLATION: Oid = Oid(950);
/// The access method `btree`
pub const BTREE: Oid = Oid(403);
/// The access method `hash`
pub const HASH: Oid = Oid(405);
/// The access method `gist`
pub const GIST: Oid = Oid(783);
/// The access method `gin`
pub const GIN: Oid = Oid(2742);
/// The access method `spgist`
pub const SPGIST: Oid = Oid(4000);
/// The access method `brin`
pub const BRIN: Oid = Oid(3580);
