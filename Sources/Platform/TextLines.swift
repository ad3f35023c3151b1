extension StringProtocol {
    /// The lines of a text, each without its end: LF, or CR LF as Windows writes it, which is one Character, so that a
    /// split at `"\n"` does not see it.
    ///
    /// - Parameter omittingEmpty: without the lines that hold nothing; else the last element is the text after the last
    ///   end of a line.
    public func lines(omittingEmpty: Bool = true) -> [SubSequence] {
        split(omittingEmptySubsequences: omittingEmpty) { $0 == "\n" || $0 == "\r\n" }
    }
}
