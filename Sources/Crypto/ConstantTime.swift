internal import CCrypto

/// Compares in a time that depends on the length alone (CRYPTO_memcmp(3)); arrays of different length are not equal.
///
/// For any comparison with a secret or a code made from one.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
