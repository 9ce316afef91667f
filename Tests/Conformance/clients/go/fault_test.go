// What the programs for both SDKs share; it is put beside each of them.
package secrets

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

// Makes a fault rule for an account, and forgets it when the test ends.
func fault(t *testing.T, account, members string) {
	t.Helper()
	place := os.Getenv("ENDPOINT") + "/_pocketvault/faults"
	body := strings.NewReader(fmt.Sprintf(`{"account":%q,%s}`, account, members))
	answer, err := http.Post(place, "application/json", body)
	must(t, err)
	defer answer.Body.Close()
	var made struct{ ID string }
	must(t, json.NewDecoder(answer.Body).Decode(&made))
	if answer.StatusCode != 200 || made.ID == "" {
		t.Fatal(answer.Status)
	}
	t.Cleanup(func() {
		request, err := http.NewRequest("DELETE", place+"/"+made.ID, nil)
		must(t, err)
		answer, err := http.DefaultClient.Do(request)
		must(t, err)
		answer.Body.Close()
	})
}
