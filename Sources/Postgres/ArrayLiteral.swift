/// The text form of arrays (PostgreSQL manual 8.15.6), for element types whose binary form is not worth its code.
enum ArrayLiteral {
    /// `{"a",NULL}`: every element quoted, so that none is read as NULL or as syntax.
    static func text(_ values: [String?]) -> String {
        var literal = "{"
        for (index, value) in values.enumerated() {
            if index > 0 { literal += "," }
            guard let value else {
                literal += "NULL"
                continue
            }
            literal += "\""
            for scalar in value.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { literal += "\\" }
                literal.unicodeScalars.append(scalar)
            }
            literal += "\""
        }
        return literal + "}"
    }
}
