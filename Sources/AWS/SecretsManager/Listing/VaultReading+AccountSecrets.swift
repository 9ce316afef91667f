internal import Notation

extension VaultReading {
    /// Hands over every secret of an account, replicas too: region by region, by name.
    ///
    /// - Parameters:
    ///   - account: whose.
    ///   - prefix: what their names begin with; empty for all.
    ///   - body: what is done with each.
    /// - Throws: what `body` throws, or InternalServiceError when the vault cannot be read.
    package func forEachSecret(
        ofAccount account: String,
        namePrefix prefix: String = "",
        _ body: (Secret) throws(APIError) -> Void
    ) throws(APIError) {
        let order = SecretOrder(key: .name, ascending: true)
        let pageSize = 500
        var last = Scope(account: account, region: "")
        while let scope = try nextScope(after: last), scope.account == account {
            last = scope
            // Whatever begins with the prefix comes after it.
            var position = SecretPosition(key: .name(prefix), id: .min)
            var isMore = true
            while isMore {
                let secrets = try secrets(
                    in: scope,
                    sortedBy: order,
                    after: position,
                    limit: pageSize
                ).prefix { $0.name.utf8.starts(with: prefix.utf8) }
                for secret in secrets { try body(secret) }
                isMore = secrets.count == pageSize
                if let last = secrets.last { position = SecretPosition(of: last, in: order) }
            }
        }
    }
}
