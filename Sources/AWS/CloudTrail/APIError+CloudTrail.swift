/// The codes of CloudTrail.
extension APIError.Code {
    package static let invalidEventCategory = Self("InvalidEventCategoryException")
    package static let invalidLookupAttributes = Self("InvalidLookupAttributesException")
    package static let invalidMaxResults = Self("InvalidMaxResultsException")
    package static let invalidTimeRange = Self("InvalidTimeRangeException")
}

/// The errors of CloudTrail. Its model gives them no text, so the sentences are ours. [guess]
extension APIError {
    static let invalidLookupAttributes = APIError(
        .invalidLookupAttributes,
        "One attribute can be looked up at a time, by one of the keys that the API names;"
            + " of ReadOnly the values are true and false."
    )

    static let invalidTimeRange = APIError(
        .invalidTimeRange,
        "The start time must not be after the end time, nor in the future."
    )

    static let invalidMaxResults = APIError(
        .invalidMaxResults,
        "MaxResults must be between 1 and 50."
    )

    static let invalidEventCategory = APIError(
        .invalidEventCategory,
        "The only event category that can be asked for is insight."
    )
}
