#pragma once
// Functions of glibc that its headers declare only under _GNU_SOURCE, which Swift's Glibc module does not define.
// The prototypes are those of the manual pages posix_spawn(3), pipe(2), mkstemp(3) and
// memfd_create(2).
#include <linux/memfd.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
int pipe2(int[2], int);
int mkostemp(char *, int);
int memfd_create(const char *, unsigned int);
// adjtimex(2), whose structure Swift's Glibc module does not define.
#include <sys/timex.h>
// sched_getaffinity(2); cpu_set_t is declared without _GNU_SOURCE, too.
#include <sched.h>
int sched_getaffinity(pid_t, size_t, cpu_set_t *);
