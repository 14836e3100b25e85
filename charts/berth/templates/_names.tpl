{{- define "berth.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- define "berth.labels" -}}
app.kubernetes.io/name: berth
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
{{- define "berth.schedulers" -}}
[{{ range $i := until (int .Values.scheduler.replicas) }}{{ if $i }}, {{ end }}"scheduler-{{ $i }}.scheduler.{{ $.Release.Namespace }}.svc:7001"{{ end }}]
{{- end -}}
{{- define "berth.tls" -}}
tls: {ca: /etc/berth/tls/ca.crt, cert: /etc/berth/tls/tls.crt, key: /etc/berth/tls/tls.key}
management: {host: 0.0.0.0, port: 9090}
{{- end -}}
{{/* The container every process shares; call with (dict "root" $ "main" MAIN "name" NAME "resources" R). */}}
{{- define "berth.container" -}}
name: {{ .name }}
image: {{ include "berth.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: [{{ .main }}, --config, /etc/berth/config/config.yaml]
ports: [{name: management, containerPort: 9090}]
readinessProbe: {httpGet: {path: /healthz, port: management}, periodSeconds: 2}
resources: {{ toJson .resources }}
{{- end -}}
