#!/bin/sh
# A rotation function as a command, with curl for an SDK: every value is the version's id.
event=$(cat)
field() {
    rest=${event#*\"$1\":\"}
    printf '%s' "${rest%%\"*}"
}
step=$(field Step) secret=$(field SecretId) token=$(field ClientRequestToken)
call() {
    curl -sSf "$SECRETS_MANAGER_ENDPOINT/" -H "X-Amz-Target: secretsmanager.$1" \
        -H 'Content-Type: application/x-amz-json-1.1' \
        --aws-sigv4 "aws:amz:$AWS_REGION:secretsmanager" \
        --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -d "$2"
}
case $step in
createSecret)
    call PutSecretValue "{\"SecretId\":\"$secret\",\"ClientRequestToken\":\"$token\",\"SecretString\":\"value of $token\",\"VersionStages\":[\"AWSPENDING\"]}"
    ;;
finishSecret)
    current=$(call GetSecretValue "{\"SecretId\":\"$secret\"}")
    current=${current#*\"VersionId\":\"}
    call UpdateSecretVersionStage "{\"SecretId\":\"$secret\",\"VersionStage\":\"AWSCURRENT\",\"MoveToVersionId\":\"$token\",\"RemoveFromVersionId\":\"${current%%\"*}\"}"
    ;;
esac
