import JSON
import Webhooks

/// A sender's addresses.
struct AddressFields: Sendable {
    /// The keys of `OrderField.shippingAddress`.
    enum Key: String, Sendable {
        case name, phone, address1, address2, city, region, zip, country
        case fullAddress = "full_address"
    }

    let map: FieldMap<Key>

    /// The address. Without `name`, first and last name are joined; without a first line, the full address is used.
    /// What does not fit its form goes to `extra`.
    /// - Returns: nil if it is not an object.
    @Sendable func address(_ value: JSONValue) -> JSONValue? {
        guard let object = value.object else { return nil }
        var reader = FieldReader(object)
        var fields = map.read(&reader)
        fields[.name] = fields[.name] ?? fullName(object["first_name"], object["last_name"])
        fields[.address1] = fields[.address1] ?? fields[.fullAddress]
        var address = JSONObject(distinct: fields.members)
        address.keep(reader.extra)
        address.hand(on: reader.unread)
        return .object(address)
    }
}
