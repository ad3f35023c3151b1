/// One value for `$1`, `$2`, … of a statement; nil is NULL.
///
/// Scalars travel as text, so that they fit whatever type the server infers for them; `bytea` and arrays travel in
/// binary, which spares escaping. The module of libpq declares the type of every parameter but ``text(_:)`` in
/// `Connection.query`; a prepared statement infers the types from its SQL, so write `$1::text[]` there.
/// Text that holds U+0000, which Postgres cannot store, is refused before anything is sent
/// (``SQLState/characterNotInRepertoire``). Times are microseconds since 1970-01-01T00:00:00Z; `Int64.max` and
/// `Int64.min` are `infinity` and `-infinity`.
public enum Parameter: Sendable {
    /// Text, or a value of any type in its text form (uuid, enum, inet, date): the server chooses the type.
    case text(String?)
    /// bytea.
    case bytes([UInt8]?)
    /// bigint.
    case bigint(Int64?)
    /// integer.
    case integer(Int32?)
    /// boolean.
    case boolean(Bool?)
    /// double precision.
    case double(Double?)
    /// numeric from its literal text: no digit is lost.
    case numeric(String?)
    /// jsonb from JSON text.
    case jsonb(String?)
    /// timestamptz, microseconds since 1970.
    case timestamp(Int64?)
    /// interval, in microseconds.
    case interval(Int64?)

    /// text[].
    case texts([String?])
    /// bytea[].
    case bytesArray([[UInt8]?])
    /// bigint[].
    case bigints([Int64?])
    /// integer[].
    case integers([Int32?])
    /// smallint[].
    case smallints([Int16?])
    /// boolean[].
    case booleans([Bool?])
    /// numeric[] from literal texts.
    case numerics([String?])
    /// jsonb[] from JSON texts.
    case jsonbs([String?])
    /// timestamptz[], microseconds since 1970.
    case timestamps([Int64?])
    /// interval[], in microseconds.
    case intervals([Int64?])
}

/// Type numbers of the built-in types (catalog pg_type; fixed for good).
enum TypeID {
    static let unknown: UInt32 = 0
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let timestamptz: UInt32 = 1184
    static let interval: UInt32 = 1186
    static let numeric: UInt32 = 1700
    static let jsonb: UInt32 = 3802

    static let boolArray: UInt32 = 1000
    static let byteaArray: UInt32 = 1001
    static let int2Array: UInt32 = 1005
    static let int4Array: UInt32 = 1007
    static let textArray: UInt32 = 1009
    static let int8Array: UInt32 = 1016
    static let timestamptzArray: UInt32 = 1185
    static let intervalArray: UInt32 = 1187
    static let numericArray: UInt32 = 1231
    static let jsonbArray: UInt32 = 3807

    static func isInteger(_ type: UInt32) -> Bool { type == int8 || type == int4 || type == int2 || type == oid }
    static func isFloat(_ type: UInt32) -> Bool { type == float8 || type == float4 }

    /// Whether the binary form is the text: text, varchar, char, name, json, jsonb (behind its version), unknown.
    static func isText(_ type: UInt32) -> Bool {
        switch type {
        case text, 1043, 1042, 19, 114, jsonb, 705: true
        default: false
        }
    }
}
