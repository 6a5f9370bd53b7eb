# One image for the API and the workers; docker-compose.yml says which one a container is.
FROM node:26-bookworm-slim

WORKDIR /app
RUN mkdir -p /data && chown node:node /app /data
USER node

COPY --chown=node:node package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --chown=node:node rubrics rubrics
COPY --chown=node:node graders graders
COPY --chown=node:node queue queue
COPY --chown=node:node src src
# The pages, so that no container builds them at its first start.
RUN ["node_modules/.bin/node", "--disable-warning=ExperimentalWarning", "src/bin/build.ts"]

ENV DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/livez').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node_modules/.bin/node", "--disable-warning=ExperimentalWarning", "src/bin/kaoping.ts", "serve"]
