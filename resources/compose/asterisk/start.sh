#!/bin/sh
# Fills the settings in and becomes Asterisk.
set -eu
for file in /etc/switchboard/*.conf; do
  envsubst '$ARI_PASSWORD $PUBLIC_ADDRESS' < "$file" > "/etc/asterisk/$(basename "$file")"
done
chown -R asterisk:asterisk /etc/asterisk
exec asterisk -f -U asterisk -G asterisk
