extension AddressFields {
    /// The guide's `shipping_address`. It has one line, `full_address`, which its own example passes on as `address1`.
    static let tikTokGuide = AddressFields(
        map: FieldMap([
            (.name, ["name"], .text), (.phone, ["phone"], .text),
            (.address1, ["address1", "address_line1"], .longText),
            (.address2, ["address2", "address_line2"], .longText), (.city, ["city"], .text),
            (.region, ["state"], .text), (.zip, ["postal_code"], .text), (.country, ["region_code"], .text),
            (.fullAddress, ["full_address"], .longText),
        ]))
}
