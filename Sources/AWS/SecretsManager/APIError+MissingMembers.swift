/// Members of members that the model does not require, so that Secrets Manager itself misses them.
/// [guess]
extension APIError {
    static let tagWithoutKey = APIError(.invalidParameter, "You must provide a key for each tag.")

    static let filterWithoutKey = APIError(
        .invalidParameter,
        "You must provide a key for each filter."
    )

    static let replicaWithoutRegion = APIError(
        .invalidParameter,
        "You must provide a region for each replica."
    )
}
