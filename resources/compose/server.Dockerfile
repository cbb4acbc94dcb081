FROM node:24-trixie-slim
WORKDIR /srv/switchboard
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY shared shared
COPY sync-server sync-server
RUN mkdir -p /var/lib/switchboard && chown node:node /var/lib/switchboard
USER node
EXPOSE 5002
CMD ["node", "sync-server/server.ts"]
