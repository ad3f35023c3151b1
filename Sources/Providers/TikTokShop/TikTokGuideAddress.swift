extension AddressFields {
    /// The guide's `shipping_address`. It has one line, `full_address`, which its own example passes on as `address1`.
    static let tikTokGuide = AddressFields(
        map: FieldMap([
            (.name, ["name"], \.asText), (.phone, ["phone"], \.asText),
            (.address1, ["address1", "address_line1"], \.asLongText),
            (.address2, ["address2", "address_line2"], \.asLongText), (.city, ["city"], \.asText),
            (.region, ["state"], \.asText), (.zip, ["postal_code"], \.asText), (.country, ["region_code"], \.asText),
            (.fullAddress, ["full_address"], \.asLongText),
        ]))
}
