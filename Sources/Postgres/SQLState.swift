/// The five-character code that Postgres gives every error (PostgreSQL manual, appendix A).
///
/// `catch SQLState.uniqueViolation` works in a `do` block that throws ``PostgresError``.
public struct SQLState: RawRepresentable, Hashable, Sendable {
    /// The five characters, for instance `23505`.
    public let rawValue: String

    /// Wraps a code as the server sent it; nothing is checked.
    public init(rawValue: String) { self.rawValue = rawValue }

    init(_ rawValue: String) { self.rawValue = rawValue }

    /// The first two characters: the class of the error.
    public var errorClass: String { String(rawValue.prefix(2)) }

    /// The session is gone or unusable: close and connect again (class 08, 57P01–57P05, 25P03, and 25006,
    /// which a demoted primary answers on a connection that stays open).
    public var isConnectionLost: Bool {
        errorClass == "08" || Self.sessionEnding.contains(self)
    }

    /// The same transaction may work when it is simply run again (40001, 40P01).
    public var isTransient: Bool { self == .serializationFailure || self == .deadlockDetected }

    /// The values are wrong (class 22 data exception, class 23 integrity constraint): a retry fails, too.
    public var isDataError: Bool { errorClass == "22" || errorClass == "23" }

    /// The server lacks disk, memory or connections (class 53): back off and retry.
    public var isResource: Bool { errorClass == "53" }

    private static let sessionEnding: Set<SQLState> = [
        .adminShutdown, .crashShutdown, .cannotConnectNow, .databaseDropped, .idleSessionTimeout,
        .idleInTransactionTimeout, .readOnlyTransaction,
    ]
}

extension SQLState {
    /// 23505: a unique index already holds the key.
    public static let uniqueViolation = SQLState("23505")
    /// 23503: a foreign key points to no row, or a row is still pointed to.
    public static let foreignKeyViolation = SQLState("23503")
    /// 23502: null in a column that does not take it.
    public static let notNullViolation = SQLState("23502")
    /// 23514: a check constraint, or no partition for the row.
    public static let checkViolation = SQLState("23514")
    /// 22021: text that UTF-8 or the database cannot hold; also this module's error for U+0000.
    public static let characterNotInRepertoire = SQLState("22021")
    /// 22P05: `\u0000` inside a jsonb value.
    public static let untranslatableCharacter = SQLState("22P05")
    /// 2200H: a sequence has no further number.
    public static let sequenceAtItsEnd = SQLState("2200H")
    /// 22P02: text that its type does not accept.
    public static let invalidTextRepresentation = SQLState("22P02")
    /// 22008: a date or time outside what Postgres can hold.
    public static let datetimeFieldOverflow = SQLState("22008")
    /// 22003: a number outside what its type can hold.
    public static let numericValueOutOfRange = SQLState("22003")
    /// 22002: null where a value is demanded (this module: a column read as not null).
    public static let nullValueNotAllowed = SQLState("22002")
    /// 42804: a value of another type (this module: a column read as the wrong type).
    public static let datatypeMismatch = SQLState("42804")
    /// 42703: no such column.
    public static let undefinedColumn = SQLState("42703")
    /// 42883: no such function, or none with these parameters.
    public static let undefinedFunction = SQLState("42883")
    /// 42P01: no such table or view.
    public static let undefinedTable = SQLState("42P01")
    /// 42501: the role may not do this.
    public static let insufficientPrivilege = SQLState("42501")
    /// 26000: no prepared statement of that name.
    public static let invalidStatementName = SQLState("26000")
    /// 25001: a transaction is already open.
    public static let activeTransaction = SQLState("25001")
    /// 25006: the server, or the transaction, takes no writes: usually a demoted primary.
    public static let readOnlyTransaction = SQLState("25006")
    /// 25P02: an earlier statement of the transaction failed.
    public static let failedTransaction = SQLState("25P02")
    /// 25P03: the session was ended because its transaction stood idle.
    public static let idleInTransactionTimeout = SQLState("25P03")
    /// 3D000: no such database.
    public static let invalidCatalogName = SQLState("3D000")
    /// 40001: the isolation level demands that the transaction runs again.
    public static let serializationFailure = SQLState("40001")
    /// 40P01: a deadlock, of which this transaction was the victim.
    public static let deadlockDetected = SQLState("40P01")
    /// 53100: the disk is full.
    public static let diskFull = SQLState("53100")
    /// 53200: no memory, for the server or for this statement.
    public static let outOfMemory = SQLState("53200")
    /// 53300: no free connection.
    public static let tooManyConnections = SQLState("53300")
    /// 53400: this statement exceeds a configured limit, such as that of temporary files.
    public static let configurationLimitExceeded = SQLState("53400")
    /// 54000: larger than the protocol can carry.
    public static let programLimitExceeded = SQLState("54000")
    /// 55000: something else must be so first, for instance a partition for the row.
    public static let notInPrerequisiteState = SQLState("55000")
    /// 55006: the object is in use, for instance a template database.
    public static let objectInUse = SQLState("55006")
    /// 55P03: a lock was not free within lock_timeout, or with NOWAIT.
    public static let lockNotAvailable = SQLState("55P03")
    /// 57014: cancelled by statement_timeout or by a person.
    public static let queryCanceled = SQLState("57014")
    /// HL001, of this module: the session is a pooler's, see `Connection`.
    public static let pooledSession = SQLState("HL001")
    /// 57P01: an administrator ended the session.
    public static let adminShutdown = SQLState("57P01")
    /// 57P02: another backend crashed; the server restarts all.
    public static let crashShutdown = SQLState("57P02")
    /// 57P03: the server is starting or stopping.
    public static let cannotConnectNow = SQLState("57P03")
    /// 57P04: the database was dropped.
    public static let databaseDropped = SQLState("57P04")
    /// 57P05: the session was ended because it stood idle.
    public static let idleSessionTimeout = SQLState("57P05")
}

/// Lets a `catch` clause name the code: `catch SQLState.uniqueViolation`.
public func ~= (state: SQLState, error: PostgresError) -> Bool { error.state == state }

/// The same for a `catch` clause that sees any error.
public func ~= (state: SQLState, error: any Error) -> Bool { (error as? PostgresError)?.state == state }
