public import Postgres

extension Parameter {
    /// text[], or NULL; the statement must say `::text[]`.
    public static func optionalTexts(_ values: [String]?) -> Parameter { values.map { .texts($0) } ?? .text(nil) }
}
