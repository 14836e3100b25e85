// Command demo-app is a small web application that tells which devices it was given. Scenarios make it misbehave:
//
//	BERTH_DEMO_EXIT=3           exits at once with this code
//	BERTH_DEMO_NEVER_LISTEN=1   runs, but never listens
//	BERTH_DEMO_START_DELAY=5s   listens only after this time
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type answer struct {
	Space   string            `json:"space"`
	Host    string            `json:"host"`
	Devices map[string]string `json:"devices"`
	Time    time.Time         `json:"time"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if code := os.Getenv("BERTH_DEMO_EXIT"); code != "" {
		exit(code)
	}
	if os.Getenv("BERTH_DEMO_NEVER_LISTEN") == "1" {
		log.Print("told never to listen")
		<-ctx.Done()
		return
	}
	if !delay(ctx, os.Getenv("BERTH_DEMO_START_DELAY")) {
		return
	}
	serve(ctx)
}

func exit(code string) {
	number, err := strconv.Atoi(code)
	if err != nil {
		log.Fatalf("BERTH_DEMO_EXIT is %q; expected an exit code from 0 to 255", code)
	}
	log.Printf("told to exit with %d", number)
	os.Exit(number)
}

// delay answers false if the program was told to end before the time was over.
func delay(ctx context.Context, text string) bool {
	if text == "" {
		return true
	}
	duration, err := time.ParseDuration(text)
	if err != nil {
		log.Fatalf("BERTH_DEMO_START_DELAY is %q; expected a duration such as 5s", text)
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(duration):
		return true
	}
}

func serve(ctx context.Context) {
	port := os.Getenv("PORT")
	if port == "" {
		port = "7860"
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/", describe)
	server := &http.Server{Addr: ":" + port, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		limited, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = server.Shutdown(limited)
	}()
	log.Printf("listening on port %s", port)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatalf("port %s: %v", port, err)
	}
}

func describe(w http.ResponseWriter, _ *http.Request) {
	host, _ := os.Hostname()
	space := os.Getenv("SPACE_ID")
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer{Space: space, Host: host, Devices: devices(os.Environ()), Time: time.Now().UTC()})
}

// devices picks the variables by which accelerators are named; BERTH_DEMO_* are this program's own.
func devices(environment []string) map[string]string {
	found := map[string]string{}
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if name == "CUDA_VISIBLE_DEVICES" || name == "NVIDIA_VISIBLE_DEVICES" || ours(name) {
			found[name] = value
		}
	}
	return found
}

func ours(name string) bool {
	return strings.HasPrefix(name, "TPU_") || strings.HasPrefix(name, "BERTH_") && !strings.HasPrefix(name, "BERTH_DEMO_")
}
