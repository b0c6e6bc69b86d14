# The image has no grep and no sed.

until mc alias set store http://minio-service:9000 "$MINIO_ROOT_USER" "$MINIO_ROOT_PASSWORD"; do
  sleep 3
done

mc mb --ignore-existing store/pdf-documents
mc admin policy create store pdf-documents /etc/minio-setup/policy.json
mc admin user add store "$BUCKET_ACCESS_ID" "$BUCKET_ACCESS_KEY"

# Attaching a policy a second time is an error to mc.
case "$(mc admin user info --json store "$BUCKET_ACCESS_ID")" in
  *'"policyName"'*pdf-documents*) ;;
  *) mc admin policy attach store pdf-documents --user "$BUCKET_ACCESS_ID" ;;
esac
