/// A reason to give up a statement before its deadline, looked for while the answer is awaited.
public struct Abandonment {
    let patience: Duration
    let pause: Duration
    let isDue: () -> Bool

    /// - Parameters:
    ///   - patience: how long the answer is awaited without a look.
    ///   - pause: between two looks.
    ///   - isDue: a look; true closes the connection. It runs on the connection's thread, and must not use the connection.
    public init(after patience: Duration, every pause: Duration, isDue: @escaping () -> Bool) {
        (self.patience, self.pause, self.isDue) = (patience, pause, isDue)
    }
}

extension PostgresError {
    /// The client gave the statement up before its deadline (``Abandonment``).
    static let abandoned = PostgresError(
        message: "the statement was given up before its deadline; whether it took effect is unknown",
        connectionLost: true)

    /// Whether a statement was given up before its deadline because of an ``Abandonment``.
    public var isAbandoned: Bool { self == .abandoned }
}
