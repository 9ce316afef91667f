// Package pocketvaulttest gives Go tests a vault: one server for the process, an account for each test.
package pocketvaulttest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Account is an account that no other test sees.
type Account struct {
	Endpoint        string
	Account         string `json:"account"`
	AccessKeyID     string `json:"accessKeyId"`
	SecretAccessKey string `json:"secretAccessKey"`
	Region          string
}

var (
	once     sync.Once
	endpoint string
	failure  error
)

// New makes an empty account and drops it when the test ends. Until then the environment of the process
// leads there; tests that run in parallel hand the account's members to their clients instead.
func New(t testing.TB) Account {
	account := From(t, "")
	t.Setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", account.Endpoint)
	t.Setenv("AWS_ACCESS_KEY_ID", account.AccessKeyID)
	t.Setenv("AWS_SECRET_ACCESS_KEY", account.SecretAccessKey)
	t.Setenv("AWS_REGION", account.Region)
	return account
}

// From makes a copy of an account, or an empty one, and leaves the environment alone.
func From(t testing.TB, template string) Account {
	t.Helper()
	once.Do(func() { endpoint, failure = start() })
	if failure != nil {
		t.Fatalf("pocketvault: %v", failure)
	}
	body := "{}"
	if template != "" {
		body = fmt.Sprintf(`{"template":%q}`, template)
	}
	account := Account{Endpoint: endpoint, Region: "us-east-1"}
	call(t, "POST", "/_pocketvault/accounts", body, &account)
	t.Cleanup(func() { call(t, "DELETE", "/_pocketvault/accounts/"+account.Account, "", nil) })
	return account
}

func call(t testing.TB, method, path, body string, into any) {
	t.Helper()
	request, err := http.NewRequest(method, endpoint+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s answered %s", method, path, answer.Status)
	}
	if into != nil {
		if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
}

// start serves a vault in memory for as long as this process lives: the server ends with it.
func start() (string, error) {
	binary := os.Getenv("POCKETVAULT_BINARY")
	if binary == "" {
		binary = "pocketvault"
	}
	command := exec.Command(binary, "serve", "--port", "0", "--database", ":memory:", "--log-level", "warning")
	command.Stderr = os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	output, err := command.StdoutPipe()
	if err != nil {
		return "", err
	}
	// The signal comes when the thread that started the server ends, so that thread must stay.
	started := make(chan error)
	go keepThread(command, started)
	if err := <-started; err != nil {
		return "", err
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s did not start: %w", binary, err)
	}
	words := strings.Fields(line)
	return words[len(words)-1], nil
}

func keepThread(command *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	err := command.Start()
	started <- err
	if err == nil {
		command.Wait()
	}
}
