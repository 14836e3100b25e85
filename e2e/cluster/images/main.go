// Command images writes one OCI image as a tar archive: a single layer holding static files, or a layer that is there
// already; no base image, no registry.
//
//	images -tag berth.dev/demo-app:1 -out demo-app.tar -entrypoint /demo-app bin/demo-app
//	images -tag berth.dev/zerogpu-demo:1 -out demo.tar -entrypoint "/usr/bin/python3 /app/app.py" -env HOME=/tmp -layer layer.tar
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

func main() {
	tag := flag.String("tag", "", "full reference of the image, for example berth.dev/demo-app:1")
	out := flag.String("out", "", "archive to write")
	entrypoint := flag.String("entrypoint", "", "absolute path, inside the image, of the program to run; arguments may follow")
	made := flag.String("layer", "", "a tar archive to use as the layer, in place of files")
	var env []string
	flag.Func("env", "a variable as NAME=VALUE; may be repeated", func(variable string) error {
		env = append(env, variable)
		return nil
	})
	flag.Parse()
	if *tag == "" || *out == "" || *entrypoint == "" || (flag.NArg() == 0) == (*made == "") {
		fmt.Fprintln(os.Stderr, "images: -tag, -out, -entrypoint and either -layer or at least one file are needed")
		os.Exit(2)
	}
	layer, err := layerFrom(*made, flag.Args())
	if err == nil {
		err = write(*tag, *out, layer, v1.Config{Entrypoint: strings.Fields(*entrypoint), Env: env, User: "65532:65532"})
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "images: %s: %v\n", *out, err)
		os.Exit(1)
	}
}

func write(tag, out string, layer v1.Layer, config v1.Config) error {
	image, err := build(layer, config)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(out), ".layout-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path, err := layout.Write(dir, empty.Index)
	if err != nil {
		return err
	}
	// containerd names an imported image by the first annotation; the second is the OCI one.
	names := map[string]string{"io.containerd.image.name": tag, "org.opencontainers.image.ref.name": tag}
	if err := path.AppendImage(image, layout.WithAnnotations(names)); err != nil {
		return err
	}
	return archive(dir, out)
}

func layerFrom(made string, files []string) (v1.Layer, error) {
	open := func() (io.ReadCloser, error) { return os.Open(made) }
	if made == "" {
		content, err := layerOf(files)
		if err != nil {
			return nil, err
		}
		open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
	}
	// The archive does not leave this machine, so time counts more than size.
	return tarball.LayerFromOpener(open, tarball.WithMediaType(types.OCILayer), tarball.WithCompressionLevel(gzip.BestSpeed))
}

func build(layer v1.Layer, config v1.Config) (v1.Image, error) {
	base := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	image, err := mutate.AppendLayers(base, layer)
	if err != nil {
		return nil, err
	}
	return mutate.ConfigFile(image, configOf(image, config))
}

func configOf(image v1.Image, config v1.Config) *v1.ConfigFile {
	file, err := image.ConfigFile()
	if err != nil {
		panic(err) // the configuration was made in this process
	}
	file = file.DeepCopy()
	file.OS = "linux"
	file.Architecture = runtime.GOARCH
	file.Config = config
	return file
}

// layerOf packs the files as executables into the root of a layer. Times are left out, so equal inputs give equal digests.
func layerOf(files []string) ([]byte, error) {
	var buffer bytes.Buffer
	writer := tar.NewWriter(&buffer)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		header := &tar.Header{Name: filepath.Base(file), Mode: 0o755, Size: int64(len(content)), Typeflag: tar.TypeReg}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(content); err != nil {
			return nil, err
		}
	}
	return buffer.Bytes(), writer.Close()
}

func archive(dir, out string) error {
	partial := out + ".partial"
	file, err := os.Create(partial)
	if err != nil {
		return err
	}
	writer := tar.NewWriter(file)
	if err := writer.AddFS(os.DirFS(dir)); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(partial, out)
}
