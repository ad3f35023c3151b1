extension Scheme {
    /// The contract of the EverShop guide: `x-evershop-signature` over the raw body.
    public static let everShop = Scheme(name: "evershop", signature: .header("x-evershop-signature"))
}
