// What a program that uses the AWS SDK for Go v2 sees of Pocketvault.
package secrets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

var background = context.Background()

// Each test has an account of its own.
func client(account string) *secretsmanager.Client {
	return clientAt(os.Getenv("ENDPOINT"), account)
}

func clientAt(endpoint, account string) *secretsmanager.Client {
	return secretsmanager.New(secretsmanager.Options{
		Region:           "us-east-1",
		Credentials:      credentials.NewStaticCredentialsProvider(account, "secret", ""),
		EndpointResolver: secretsmanager.EndpointResolverFromURL(endpoint),
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, vault *secretsmanager.Client, name, value string) *secretsmanager.CreateSecretOutput {
	t.Helper()
	made, err := vault.CreateSecret(background, &secretsmanager.CreateSecretInput{
		Name: &name, SecretString: &value,
	})
	must(t, err)
	return made
}

func TestAStringIsReadByNameARNAndPartialARN(t *testing.T) {
	vault := client("710000000001")
	made := create(t, vault, "go/string", "first")
	if !strings.HasPrefix(*made.ARN, "arn:aws:secretsmanager:us-east-1:710000000001:secret:go/string-") {
		t.Fatal(*made.ARN)
	}
	for _, id := range []string{"go/string", *made.ARN, (*made.ARN)[:len(*made.ARN)-7]} {
		got, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{SecretId: aws.String(id)})
		must(t, err)
		if *got.SecretString != "first" || *got.VersionId != *made.VersionId || got.CreatedDate.IsZero() {
			t.Errorf("%+v", got)
		}
	}
}

func TestABinaryComesBackByteForByte(t *testing.T) {
	vault := client("710000000002")
	data := make([]byte, 256)
	for index := range data {
		data[index] = byte(index)
	}
	_, err := vault.CreateSecret(background, &secretsmanager.CreateSecretInput{
		Name: aws.String("go/binary"), SecretBinary: data,
	})
	must(t, err)
	got, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{SecretId: aws.String("go/binary")})
	must(t, err)
	if !bytes.Equal(got.SecretBinary, data) || got.SecretString != nil {
		t.Errorf("%+v", got)
	}
}

func TestLabelsMoveWithANewValue(t *testing.T) {
	vault := client("710000000003")
	made := create(t, vault, "go/labels", "first")
	_, err := vault.PutSecretValue(background, &secretsmanager.PutSecretValueInput{
		SecretId: made.ARN, SecretString: aws.String("second"),
	})
	must(t, err)
	got, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{
		SecretId: made.ARN, VersionStage: aws.String("AWSPREVIOUS"),
	})
	must(t, err)
	if *got.SecretString != "first" {
		t.Errorf("%+v", got)
	}
	described, err := vault.DescribeSecret(background, &secretsmanager.DescribeSecretInput{SecretId: made.ARN})
	must(t, err)
	if len(described.VersionIdsToStages) != 2 || described.LastAccessedDate == nil {
		t.Errorf("%+v", described)
	}
}

func TestListsArePaged(t *testing.T) {
	vault := client("710000000004")
	for number := 0; number < 25; number++ {
		create(t, vault, fmt.Sprintf("go/page/%02d", number), "v")
	}
	var names []string
	var sizes []int
	pages := secretsmanager.NewListSecretsPaginator(vault, &secretsmanager.ListSecretsInput{MaxResults: aws.Int32(10)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(background)
		must(t, err)
		sizes = append(sizes, len(page.SecretList))
		for _, entry := range page.SecretList {
			names = append(names, *entry.Name)
		}
	}
	if fmt.Sprint(sizes) != "[10 10 5]" || names[0] != "go/page/00" || names[24] != "go/page/24" {
		t.Error(sizes, names)
	}
}

func TestVersionsArePaged(t *testing.T) {
	vault := client("710000000005")
	made := create(t, vault, "go/versions", "0")
	for number := 1; number < 5; number++ {
		_, err := vault.PutSecretValue(background, &secretsmanager.PutSecretValueInput{
			SecretId: made.ARN, SecretString: aws.String(fmt.Sprint(number)),
		})
		must(t, err)
	}
	count := 0
	pages := secretsmanager.NewListSecretVersionIdsPaginator(vault, &secretsmanager.ListSecretVersionIdsInput{
		SecretId: made.ARN, MaxResults: aws.Int32(2), IncludeDeprecated: aws.Bool(true),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(background)
		must(t, err)
		count += len(page.Versions)
	}
	if count != 5 {
		t.Error(count)
	}
}

// Every error is one of the SDK's own types, with a message and the id of its request.
func TestErrorsAreTyped(t *testing.T) {
	vault := client("710000000006")
	create(t, vault, "go/errors", "v")
	create(t, vault, "go/scheduled", "v")
	_, err := vault.DeleteSecret(background, &secretsmanager.DeleteSecretInput{SecretId: aws.String("go/scheduled")})
	must(t, err)

	get := func(id string) error {
		_, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{SecretId: &id})
		return err
	}
	create := func(name string) error {
		_, err := vault.CreateSecret(background, &secretsmanager.CreateSecretInput{Name: &name, SecretString: aws.String("w")})
		return err
	}
	remove := func(days int64) error {
		_, err := vault.DeleteSecret(background, &secretsmanager.DeleteSecretInput{
			SecretId: aws.String("go/errors"), RecoveryWindowInDays: &days,
		})
		return err
	}
	list := func(token string) error {
		_, err := vault.ListSecrets(background, &secretsmanager.ListSecretsInput{NextToken: &token})
		return err
	}
	policy := func(text string) error {
		_, err := vault.PutResourcePolicy(background, &secretsmanager.PutResourcePolicyInput{
			SecretId: aws.String("go/errors"), ResourcePolicy: &text,
		})
		return err
	}
	const public = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}`
	block := func() error {
		_, err := vault.PutResourcePolicy(background, &secretsmanager.PutResourcePolicyInput{
			SecretId: aws.String("go/errors"), ResourcePolicy: aws.String(public), BlockPublicPolicy: aws.Bool(true),
		})
		return err
	}
	var (
		notFound         *types.ResourceNotFoundException
		exists           *types.ResourceExistsException
		invalidRequest   *types.InvalidRequestException
		invalidParameter *types.InvalidParameterException
		invalidToken     *types.InvalidNextTokenException
		malformed        *types.MalformedPolicyDocumentException
		openToAll        *types.PublicPolicyException
	)
	for _, row := range []struct {
		rule   string
		err    error
		target interface{}
	}{
		{"a missing secret", get("go/missing"), &notFound},
		{"a name that is taken", create("go/errors"), &exists},
		{"a scheduled secret", get("go/scheduled"), &invalidRequest},
		{"a recovery window of 3 days", remove(3), &invalidParameter},
		{"a made-up token", list("made-up"), &invalidToken},
		{"a policy that is none", policy("{}"), &malformed},
		{"a public policy", block(), &openToAll},
	} {
		var api smithy.APIError
		var response *awshttp.ResponseError
		switch {
		case errors.As(row.err, &api) && api.ErrorCode() == "UnknownOperationException":
			t.Logf("%s: the operation is not built yet", row.rule)
		case !errors.As(row.err, row.target):
			t.Errorf("%s: %T %v", row.rule, errors.Unwrap(errors.Unwrap(row.err)), row.err)
		case !errors.As(row.err, &api) || api.ErrorMessage() == "":
			t.Errorf("%s has no message: %v", row.rule, row.err)
		case !errors.As(row.err, &response) || response.ServiceRequestID() == "" || response.HTTPStatusCode() != 400:
			t.Errorf("%s has no request id or another status than 400: %v", row.rule, row.err)
		}
	}

	// The framework's own error is in no model: a plain one with its code.
	var api smithy.APIError
	if err := create("bad name"); !errors.As(err, &api) || api.ErrorCode() != "ValidationException" ||
		!strings.HasPrefix(api.ErrorMessage(), "Invalid name.") {
		t.Error(err)
	}
}

// DAMAGED is a vault in which somebody has changed the bytes of the secret "damaged".
func TestAValueThatCannotBeOpenedIsADecryptionFailure(t *testing.T) {
	endpoint := os.Getenv("DAMAGED")
	if endpoint == "" {
		t.Skip("DAMAGED names no vault")
	}
	_, err := clientAt(endpoint, "test").GetSecretValue(background, &secretsmanager.GetSecretValueInput{
		SecretId: aws.String("damaged"),
	})
	var failure *types.DecryptionFailure
	if !errors.As(err, &failure) {
		t.Errorf("%v", err)
	}
}

// FLAKY carries out each call but answers 503 at first: the SDK calls again, with the same token.
func TestACallWhoseAnswerWasLostIsRepeatedAndMakesOneVersion(t *testing.T) {
	endpoint := os.Getenv("FLAKY")
	if endpoint == "" {
		t.Skip("FLAKY names no endpoint")
	}
	vault := clientAt(endpoint, "710000000007")
	made := create(t, vault, "go/retried", "first")
	put, err := vault.PutSecretValue(background, &secretsmanager.PutSecretValueInput{
		SecretId: made.ARN, SecretString: aws.String("second"),
	})
	must(t, err)
	listed, err := client("710000000007").ListSecretVersionIds(background, &secretsmanager.ListSecretVersionIdsInput{
		SecretId: made.ARN, IncludeDeprecated: aws.Bool(true),
	})
	must(t, err)
	if len(listed.Versions) != 2 || *put.VersionId == *made.VersionId {
		t.Errorf("%+v", listed)
	}
}

func TestTheCallerIsTheRootOfTheAccount(t *testing.T) {
	caller := sts.New(sts.Options{
		Region:           "us-east-1",
		Credentials:      credentials.NewStaticCredentialsProvider("710000000008", "secret", ""),
		EndpointResolver: sts.EndpointResolverFromURL(os.Getenv("ENDPOINT")),
	})
	got, err := caller.GetCallerIdentity(background, &sts.GetCallerIdentityInput{})
	must(t, err)
	if *got.Account != "710000000008" || *got.Arn != "arn:aws:iam::710000000008:root" {
		t.Errorf("%+v", got)
	}
}

func TestAThrottledCallIsTriedAgain(t *testing.T) {
	vault := client("710000000021")
	create(t, vault, "go/throttled", "v")
	fault(t, "710000000021", `"operation":"GetSecretValue","error":"ThrottlingException","count":2`)
	got, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{SecretId: aws.String("go/throttled")})
	must(t, err)
	if *got.SecretString != "v" {
		t.Errorf("%+v", got)
	}
}

func TestAFaultIsATypedError(t *testing.T) {
	vault := client("710000000022")
	create(t, vault, "go/typed", "v")
	fault(t, "710000000022", `"operation":"GetSecretValue","error":"DecryptionFailure","message":"as you wished"`)
	_, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{SecretId: aws.String("go/typed")})
	var failure *types.DecryptionFailure
	if !errors.As(err, &failure) || failure.ErrorMessage() != "as you wished" {
		t.Fatal(err)
	}
}

func TestALostConnectionIsTriedAgainAndChangesOnce(t *testing.T) {
	vault := client("710000000023")
	made := create(t, vault, "go/lost", "old")
	fault(t, "710000000023", `"operation":"PutSecretValue","connection":"resetAfterCommit","count":1`)
	_, err := vault.PutSecretValue(background, &secretsmanager.PutSecretValueInput{
		SecretId: made.ARN, SecretString: aws.String("new"),
	})
	must(t, err)
	described, err := vault.DescribeSecret(background, &secretsmanager.DescribeSecretInput{SecretId: made.ARN})
	must(t, err)
	if len(described.VersionIdsToStages) != 2 {
		t.Errorf("%+v", described.VersionIdsToStages)
	}
}

func TestHalfAnAnswerIsAnError(t *testing.T) {
	vault := client("710000000024")
	create(t, vault, "go/half", strings.Repeat("v", 1000))
	fault(t, "710000000024", `"operation":"GetSecretValue","connection":"truncate","count":1`)
	_, err := vault.GetSecretValue(background, &secretsmanager.GetSecretValueInput{SecretId: aws.String("go/half")})
	if !errors.Is(err, io.ErrUnexpectedEOF) && (err == nil || !strings.Contains(err.Error(), "unexpected EOF")) {
		t.Fatal(err)
	}
}
