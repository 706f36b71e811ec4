DROP INDEX IF EXISTS nowhere, also.nowhere;
