/// Who calls, from where, and in which world.
package struct Caller: Sendable {
    /// The caller's own account and the region of the endpoint.
    package let scope: Scope
    /// As in `arn:aws:iam::000000000000:root`.
    package let principalARN: String
    /// As whom: what permissions there are depends on it.
    package let identity: Identity
    /// The access key id of the request's credentials, if it had any.
    package let accessKeyID: String?
    /// The UUID that the answer carries as `x-amzn-RequestId`.
    package let requestID: String
    package let sourceAddress: String
    package let userAgent: String?

    package init(
        scope: Scope,
        principalARN: String,
        identity: Identity = .root,
        accessKeyID: String?,
        requestID: String,
        sourceAddress: String,
        userAgent: String?
    ) {
        self.scope = scope
        self.principalARN = principalARN
        self.identity = identity
        self.accessKeyID = accessKeyID
        self.requestID = requestID
        self.sourceAddress = sourceAddress
        self.userAgent = userAgent
    }
}
