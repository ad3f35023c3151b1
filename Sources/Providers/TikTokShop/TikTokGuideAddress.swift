import JSON

/// The guide's `shipping_address`.
enum TikTokGuideAddress {
    /// The address under the keys of `OrderField.shippingAddress`.
    ///
    /// The guide has one line, `full_address`, which its own example hands on as `address1`.
    /// - Returns: nil for what is no object.
    static func address(_ value: JSONValue) -> JSONValue? {
        guard let object = value.object else { return nil }
        var reader = FieldReader(object)
        var address = JSONObject()
        address["name"] = reader.take("name", as: \.asText)
        address["phone"] = reader.take("phone", as: \.asText)
        let whole = reader.take("full_address", as: \.asLongText)
        address["address1"] = reader.take("address1", "address_line1", as: \.asLongText) ?? whole
        address["address2"] = reader.take("address2", "address_line2", as: \.asLongText)
        address["city"] = reader.take("city", as: \.asText)
        address["region"] = reader.take("state", as: \.asText)
        address["zip"] = reader.take("postal_code", as: \.asText)
        address["country"] = reader.take("region_code", as: \.asText)
        address["full_address"] = whole
        let extra = reader.extra
        if !extra.isEmpty { address["extra"] = .object(extra.object) }
        return .object(address)
    }
}
