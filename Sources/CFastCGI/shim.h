#pragma once
#include <fcgiapp.h>
#include <fastcgi.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/* accept4(2): <sys/socket.h> declares it for _GNU_SOURCE only, which Swift's importer does not set. */
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
