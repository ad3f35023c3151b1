public import JSON
public import Postgres

/// The shops that sources have had.
public enum SourceShops {
    /// All of them, each with source, shop_key and state.
    public static func list(on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects("select source, shop_key, state from hookledger.source_shops order by 1, 2")
    }
}
